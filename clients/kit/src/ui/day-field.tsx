// A day or an instant, picked in a calendar; fetched only where one is needed.
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'

interface DayFieldProps {
  label: string
  value: string | undefined
  onChange: (value: string | undefined) => void
  isInstant?: boolean
  hasTime?: boolean
  id?: string
}

export default function DayField({ label, value, onChange, isInstant, hasTime, id }: DayFieldProps) {
  return (
    <DatePicker
      id={id}
      aria-label={label}
      className="wide"
      showTime={hasTime ? { format: 'HH:mm' } : false}
      value={value ? dayjs(value) : null}
      onChange={(next) => onChange(next ? (isInstant || hasTime ? next.toISOString() : next.format('YYYY-MM-DD')) : undefined)}
    />
  )
}
