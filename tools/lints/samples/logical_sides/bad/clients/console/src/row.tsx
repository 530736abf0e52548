// A row that knows the sides of the screen.
export const Row = () => <div style={{ marginLeft: 4, textAlign: 'right' }} />
