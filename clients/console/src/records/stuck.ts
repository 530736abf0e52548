// What sticks to any record: files, comments, signatures, attributes.
export interface LinkedFile {
  link_id: string
  file_id: string
  role: string
  caption: string
  name: string
  media_type: string
  size: number
  has_thumbnail: boolean
  linked_at: string
  /** Whoever scans the machine's label may read it. */
  is_public?: boolean
}

export interface Comment {
  id: string
  version: number
  text: string
  author_id: string | null
  author_name: string
  is_internal: boolean
  created_at: string
  edited_at: string | null
  removed_at: string | null
}

export interface SignatureCard {
  id: string
  signer_name: string
  meaning: string
  remark: string
  image_id: string | null
  signed_at: string
  holds: boolean | null
}

export interface AttributeCard {
  id: string
  category: string
  name: string
  value_type: 'text' | 'number' | 'boolean' | 'date'
  /** As it was written. */
  text: string
  number: string | null
  boolean: boolean | null
  on: string | null
  unit: string
  unit_text: string
}
