/** Words and phrases by which a text shows that it holds an item of the contract; `|` between them, small letters. */
export const itemWords = {
  'address-history': 'previous address|previous addresses|former address|used to live at|moved from|last known address',
  gender: 'gender|transgender|non-binary',
  language: 'first language|speaks only|interpreter|mother tongue|language spoken|translator',
  photograph: 'photograph|photographs|photo attached|photo of|picture of',
  'services-provided':
    'family support|early help|respite|short breaks|support worker|portage|family centre|youth worker',
  concern:
    'neglect|neglected|abuse|abused|bruise|bruises|bruising|disclosed|disclosure|worried about|concern|concerns|concerned|safeguarding concern|unkempt|hungry|at risk|significant harm|grooming|exploitation|sexual abuse|physical abuse|emotional abuse|domestic abuse|domestic violence|fgm|forced marriage|radicalisation|missing from home|injury|injuries|non-accidental|burn|burns|fracture|cigarette burn|cse|cce|county lines|black eye',
  'incident-detail':
    'incident|assault|assaulted|hit him|hit her|punched|slapped|strangled|attended the scene|police were called|999 call|was stabbed|raped|locked in|beat him|beat her|beaten',
  'suspected-perpetrator':
    'perpetrator|alleged abuser|suspect|alleged perpetrator|suspected perpetrator|accused|the abuser',
  registration:
    'child protection plan|on a plan|on the register|child protection register|subject to a plan|cp plan|registered under|subject of a child protection plan',
  'registration-history':
    'previously registered|previously on a plan|deregistered|de-registered|formerly on the register|previous child protection plan',
  conference:
    'child protection conference|case conference|icpc|rcpc|review conference|initial conference|strategy meeting|strategy discussion|core group',
  'enquiry-history': 'section 47 enquiry|section 47|s47|s.47|previous enquiries|enquiry history',
  'referral-history':
    'previous referral|previous referrals|referral history|earlier referral|known to social care|known to services|known to us',
  'legal-status':
    'care order|interim care order|section 20|s20|s.20|supervision order|placement order|special guardianship|emergency protection order|police protection|accommodated under|full care order|legal status|residence order',
  family:
    'siblings|half brother|half sister|stepfather|stepmother|family tree|genogram|next of kin|parental responsibility|grandparents|family composition|household',
  'relationship-concern':
    'new partner|violent relationship|controlling relationship|contact with a risk|lives with a man|boyfriend is violent|coercive',
  'looked-after-indicator':
    "looked after|looked-after|lac|in care|foster placement|foster carer|foster carers|foster care|residential placement|children's home|in foster care",
  'looked-after-history':
    'previously looked after|formerly in care|care leaver|previous placement|previous placements|placement history|was in care',
  'schedule-one-indicator':
    'schedule one|schedule 1 offender|schedule one offender|risk to children|sex offender|sex offenders register|registered sex offender|person posing a risk',
  ethnicity:
    'ethnicity|ethnic origin|ethnic background|white british|black british|black african|black caribbean|mixed heritage|asian british|british asian|pakistani|bangladeshi|gypsy|roma|traveller family|traveller|dual heritage|somali|afro-caribbean|mixed race|race',
  politics:
    'political opinion|political opinions|party member|bnp|edl|political views|labour party member|political activist',
  belief:
    "religion|religious|muslim|christian|jewish|hindu|sikh|catholic|jehovah's witness|jehovah's witnesses|buddhist|faith|mosque|church goer|atheist",
  'trade-union': 'trade union|union member|unison member|union rep|union representative|union membership',
  health:
    "diagnosis|diagnosed|asthma|epilepsy|epileptic|diabetes|diabetic|autism|autistic|adhd|hospital admission|medication|hiv|pregnant|pregnancy|disability|disabled|cerebral palsy|allergy|allergic|medical condition|ill health|illness|cancer|sickle cell|gp says|health visitor reports|immunisations|weight loss|failure to thrive|faltering growth|hearing loss|down's syndrome|learning disability|health needs|seizures|seizure|inhaler|paediatrician|a&e|insulin|surgery on|treated for|hepatitis|substance misuse|alcohol misuse|heroin|methadone|drug use|drinking heavily|alcohol dependent|addiction",
  'mental-health':
    'mental health|depression|depressed|self-harm|self harm|self-harming|self harming|suicidal|suicide|overdose|anxiety|psychosis|psychotic|bipolar|schizophrenia|camhs|eating disorder|anorexia|bulimia|ptsd|post-natal depression|postnatal depression|sectioned|psychiatric|psychiatrist|personality disorder|cutting herself|cutting himself',
  'sexual-life':
    'sexual orientation|gay|lesbian|bisexual|sexually active|sexual partner|sexual relationship|sexual history|contraception|sexual behaviour|std|sti|chlamydia|sexual health',
  offence:
    'convicted|conviction|convictions|offence|offences|caution|cautioned|arrested|arrest|charged with|criminal record|police record|on licence|offender|probation order|theft|burglary|drug dealing|possession of|gbh|abh|assault charge|shoplifting|on bail|bail conditions|on remand|imprisoned|in prison|custody suite|reprimand|youth offending|offending',
  proceedings:
    'court proceedings|care proceedings|trial|sentenced|prosecution|magistrates court|crown court|family court|criminal proceedings|court hearing|acquitted|pleaded guilty|injunction|non-molestation order|public law outline',
  genetic: "genetic|dna test|huntington's|genetic test|hereditary condition|cystic fibrosis|brca",
  biometric: 'fingerprint|fingerprints|biometric|facial recognition|iris scan',
  financial:
    'benefits|income support|universal credit|housing benefit|bank account|rent arrears|arrears|debt|debts|salary|income|payday loan|free school meals|financial|money problems|sort code|bankrupt',
  employment:
    'employer|employed as|works as|works at|unemployed|job seeker|redundant|employment|lost his job|lost her job|sacked|employment record',
  education:
    'attendance|excluded|exclusion|exclusions|attainment|gcse|gcses|sats|school attendance|reading age|sen|senco|ehcp|statement of special|special educational needs|predicted grades|truanting|truancy|persistent absence|suspended from school',
  pep: 'pep|personal education plan|pupil premium plus|pep meeting',
  'school-record':
    'school record|school records|pupil file|school report|behaviour log|school file|ctf|common transfer file',
  statistic:
    'per cent|percentage of|statistics|statistical|anonymised figures|total number of|number of children|number of referrals|quarterly figures|aggregate',
} as const
