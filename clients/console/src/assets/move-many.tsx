// Many places or many assets go to another place at once.
import { BatchDialog, ReferenceSelect } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { useState } from 'react'
import { ASSET, ASSETS, LOCATIONS } from './data'
import { LOCATION } from './places'
import { locationReference } from './references'

interface MoveManyProps {
  what: 'places' | 'assets'
  ids: string[]
  onClose: () => void
}

export default function MoveMany({ what, ids, onClose }: MoveManyProps) {
  const { t } = useWords()
  const [to, setTo] = useState<string>()
  const isPlaces = what === 'places'
  // A place without another above it is a root; an asset has to stand somewhere.
  const changes = isPlaces ? { parent_id: to ?? null } : to ? { location_id: to } : undefined
  const label = t(isPlaces ? 'location.new_parent' : 'location.new_place')
  return (
    <BatchDialog listing={isPlaces ? LOCATIONS : ASSETS} kind={isPlaces ? LOCATION : ASSET} verb="bulk-move" rows={{ ids }} title={t(isPlaces ? 'location.move_many' : 'asset.move_many', { count: ids.length })} changes={changes} onClose={onClose}>
      <span className="label-like">{label}</span>
      <ReferenceSelect label={label} spec={locationReference} value={to} onChange={setTo} />
      <p className="foot-note">{t(isPlaces ? 'location.move_many_note' : 'asset.move_many_note')}</p>
    </BatchDialog>
  )
}
