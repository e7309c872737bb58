/** An authority of the invented area. Its postcode letters belong to no real place. */
export interface Place {
  readonly authority: string
  readonly towns: readonly string[]
  /** Postcode area and its districts. */
  readonly letters: string
  readonly districts: number
  /** Three digits as in a UPN; no real authority has them. */
  readonly number: string
  /** What share of the area's people live here. */
  readonly share: number
  /** Which communities, with their weights. */
  readonly communities: readonly (readonly [string, number])[]
  readonly schools: readonly string[]
}

const villages: Place['communities'] = [
  ['english', 82],
  ['irish', 4],
  ['polish', 5],
  ['romanian', 2],
  ['pakistani', 2],
  ['caribbean', 1],
  ['chinese', 1],
  ['nigerian', 1],
  ['roma', 1],
  ['gujarati', 1],
]

export const PLACES: readonly Place[] = [
  {
    authority: 'kirkvale',
    towns: ['Kirkvale', 'Netherbeck', 'Shawgate', 'Lowfold'],
    letters: 'KV',
    districts: 9,
    number: '990',
    share: 0.34,
    communities: [
      ['english', 40],
      ['pakistani', 22],
      ['gujarati', 5],
      ['punjabi', 4],
      ['bangladeshi', 5],
      ['polish', 5],
      ['romanian', 3],
      ['roma', 3],
      ['nigerian', 3],
      ['somali', 2],
      ['caribbean', 3],
      ['kurdish', 2],
      ['arabic', 2],
      ['irish', 2],
      ['chinese', 1],
    ],
    schools: [
      'Netherbeck Primary School',
      'St Brannock’s Catholic Primary School',
      'Shawgate Community School',
      'Kirkvale Park Academy',
      'Hillfoot Academy',
    ],
  },
  {
    authority: 'marlow-dene',
    towns: ['Marlow Dene', 'Dene Bridge', 'Overthorpe'],
    letters: 'MD',
    districts: 6,
    number: '991',
    share: 0.24,
    communities: [
      ['english', 55],
      ['gujarati', 14],
      ['pakistani', 9],
      ['polish', 6],
      ['irish', 3],
      ['caribbean', 4],
      ['nigerian', 3],
      ['romanian', 2],
      ['bangladeshi', 2],
      ['arabic', 2],
    ],
    schools: ['Dene Bridge Primary School', 'Overthorpe Church School', 'Marlow Dene High School'],
  },
  {
    authority: 'thornmere',
    towns: ['Thornmere', 'Millshaw', 'Coldwell Green'],
    letters: 'TH',
    districts: 6,
    number: '992',
    share: 0.19,
    communities: [
      ['english', 66],
      ['punjabi', 9],
      ['pakistani', 7],
      ['polish', 7],
      ['irish', 3],
      ['somali', 3],
      ['kurdish', 2],
      ['caribbean', 2],
      ['roma', 1],
    ],
    schools: ['Millshaw Primary School', 'Coldwell Green School', 'Thornmere College'],
  },
  {
    authority: 'sallowby',
    towns: ['Sallowby', 'Sallowby Haven', 'Eastholm'],
    letters: 'SB',
    districts: 5,
    number: '993',
    share: 0.13,
    communities: villages,
    schools: ['Eastholm Primary School', 'Sallowby School'],
  },
  {
    authority: 'wrenhaugh',
    towns: ['Wrenhaugh', 'High Tarn', 'Beckermoor'],
    letters: 'WH',
    districts: 8,
    number: '994',
    share: 0.1,
    communities: villages,
    schools: ['High Tarn School', 'Wrenhaugh Grammar School'],
  },
]

export const STREETS =
  `Victoria Street, Church Lane, Mill Lane, Station Road, Park Avenue, Albert Street, Queens Road, Grange Road, The Crescent, Chapel Street, Beck Side, Moorland View, Highfield Road, Cross Street, Oak Drive,
Ash Grove, Elm Close, Sycamore Avenue, Hawthorn Way, Laburnum Terrace, Garden Street, Quarry Hill, Tenter Fold, Weaver Street, Spinners Court, Canal Road, Lock Street, Wharf Side, Bridge Street, Low Road, High Street,
Northgate, Westgate, Kirkgate, Market Place, Back Lane, Springfield Terrace, Prospect Street, Mount Pleasant, Belle Vue, Hanover Square, Nelson Street, Wellington Road, Trafalgar Close, Alma Street, Inkerman Row, Balaclava Road,
Rowan Court, Larch Avenue, Beech Road, Willow Walk, Birch Close, Meadow Lane, Field Head, Town End, Cliffe Avenue, Scar Top, Fell View, Tarn Road, Dale Street, Nab Lane, Holme Road, Ing Lane, Carr Street, Royd Avenue, Thorpe Road`.split(
    /,\s*/,
  )
