// A number typed as text: no spinner to hit by accident, the right keyboard on a phone, comma and full-width digits understood.
import { Input } from 'antd'
import { useState } from 'react'

interface NumberFieldProps {
  label: string
  value: number | undefined
  onChange: (value: number | undefined) => void
  unit?: string
  id?: string
}

/** `１，５` and `1.5` mean the same; what is no number gives NaN. */
export function readNumber(text: string): number | undefined {
  const plain = text.normalize('NFKC').trim().replace(',', '.')
  return plain === '' ? undefined : Number(plain)
}

export function NumberField({ label, value, onChange, unit, id }: NumberFieldProps) {
  const [typed, setTyped] = useState(value === undefined ? '' : String(value))
  const isWrong = Number.isNaN(readNumber(typed) ?? 0)
  return (
    <Input
      id={id}
      aria-label={label}
      aria-invalid={isWrong}
      status={isWrong ? 'error' : undefined}
      inputMode="decimal"
      suffix={unit}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange(readNumber(event.target.value))
      }}
    />
  )
}
