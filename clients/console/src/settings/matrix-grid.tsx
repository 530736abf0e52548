// A matrix drawn: the two first axes as rows and columns, each cell with the class that follows, by letter and colour.
import { useWords } from '@trunnion/kit/words'
import { ASSET } from '../assets/data'
import { levelOf, type Matrix } from '../assets/matrix'
import { nameIn } from '../assets/standards'

type Drawn = Pick<Matrix, 'axes' | 'combine' | 'bands'>

export function MatrixGrid({ matrix }: { matrix: Drawn }) {
  const { t, words } = useWords()
  const [rows, columns, ...rest] = matrix.axes
  if (!rows || !columns || !rows.levels.length || !columns.levels.length) return null
  // Further axes are held at their lowest, so that the grid shows what these two alone lead to.
  const others = Object.fromEntries(rest.map((axis) => [axis.key, Math.min(...axis.levels.map((level) => level.score))]))
  const across = columns.levels.toSorted((a, b) => a.score - b.score)
  return (
    // What scrolls must be reached by the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="table-wrap" role="region" tabIndex={0} aria-label={t('standards.grid', { rows: nameIn(rows, words), columns: nameIn(columns, words) })}>
      <table className="matrix">
        <caption>{t('standards.grid', { rows: nameIn(rows, words), columns: nameIn(columns, words) })}{rest.length > 0 && ` ${t('standards.others_low', { axes: rest.map((axis) => nameIn(axis, words)).join(words.list) })}`}</caption>
        <thead>
          <tr><th scope="col"><span className="visually-hidden">{nameIn(rows, words)}</span></th>{across.map((level, at) => <th key={at} scope="col">{level.score}<span>{nameIn(level, words)}</span></th>)}</tr>
        </thead>
        <tbody>
          {rows.levels.toSorted((a, b) => b.score - a.score).map((row, at) => (
            <tr key={at}>
              <th scope="row">{row.score}<span>{nameIn(row, words)}</span></th>
              {across.map((column, index) => {
                const found = levelOf(matrix, { ...others, [rows.key]: row.score, [columns.key]: column.score })
                return <td key={index} data-level={found?.level} title={found ? t(`choice.${ASSET}.criticality.${found.level}`) : undefined}>{found ? <><strong>{found.level.toUpperCase()}</strong> <span>{found.result}</span></> : '–'}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
