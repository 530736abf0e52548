// Files that go up behind the page: in pieces, through broken lines, over reloads.
export * from './carrier'
export * from './films'
export * from './resumable'
export * from './shelf'
