// A row that mirrors by itself.
export const reach = (box: { left: number; right: number }): number => box.right - box.left
export const Row = () => <div style={{ marginInlineStart: 4, textAlign: 'end' }} />
