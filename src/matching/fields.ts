/** The fields of a comparison, in the order of `levels` and of the model's tables. */
export const Field = {
  given: 0,
  family: 1,
  middle: 2,
  born: 3,
  sex: 4,
  postcode: 5,
  address: 6,
  locality: 7,
  region: 8,
  identifier: 9,
  birthPlace: 10,
  occupation: 11,
  school: 12,
  kin: 13,
  contact: 14,
  otherAddress: 15,
} as const

export type FieldName = keyof typeof Field
export const FIELDS = 16
/** most levels of one field, the missing one (0) included */
export const LEVELS = 11

/** What each level of each field is called in the model; level 0, nothing to compare, stands before them. */
export const LEVEL_NAMES: Readonly<Record<FieldName, readonly string[]>> = {
  given: ['exact', 'near', 'sounds', 'short', 'alike', 'initial', 'crossed', 'vague', 'different'],
  family: ['exact', 'near', 'sounds', 'short', 'alike', 'initial', 'crossed', 'vague', 'different'],
  middle: ['exact', 'near', 'initial', 'different'],
  born: ['exact', 'expected', 'swapped', 'digit', 'partly', 'digits', 'year', 'day', 'nearYear', 'different'],
  sex: ['same', 'different'],
  postcode: ['exact', 'near', 'district', 'area', 'different'],
  address: ['house', 'nearHouse', 'street', 'alike', 'different'],
  locality: ['exact', 'alike', 'different'],
  region: ['same', 'different'],
  identifier: ['exact', 'near', 'different'],
  birthPlace: ['exact', 'alike', 'different'],
  occupation: ['exact', 'alike', 'different'],
  school: ['exact', 'alike', 'different'],
  kin: ['both', 'one', 'different'],
  contact: ['same', 'different'],
  otherAddress: ['exact', 'alike', 'different'],
}

export const FIELD_NAMES = Object.keys(Field) as FieldName[]

/** The explanations of a pair that are weighed against each other; only the first two say it is one person. */
export const CLASSES = ['same', 'moved', 'household', 'twin', 'namesake', 'stranger'] as const
export type ClassName = (typeof CLASSES)[number]
