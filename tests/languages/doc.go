// Package languages says what was done with each example in each language, and whether it came to the same.
//
// [Differences] compares two simulated clouds into which the same program was deployed from two languages, and [Dependencies] the two
// states. [Record] notes what a test did with an example; `make test` names the folder for the notes in
// the environment variable AKSID_LANGUAGES, and prints them as one table ([Table]) when the tests of this folder and of those below it are
// done.
//
//	func TestQuickstartInTypeScript(t *testing.T) {
//		languages.Record(t, languages.Row{Example: "quickstart", Language: languages.TypeScript, Done: languages.Compiled,
//			How: "with tsc against the SDK that our schema gives"})
//		...
//	}
//
// The note is written when the test ends, and only if it passed: the table claims nothing that was not run.
package languages
