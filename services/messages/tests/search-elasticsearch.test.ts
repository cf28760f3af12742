import { testEngine } from './search/with-engine.ts'

testEngine('elasticsearch')
