// What the mail gateway costs: its worst messages one by one, then its pace against Postfix. `npm run bench -- gateway`
import './reading.ts'
import './speed/compare.ts'
