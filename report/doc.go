// Package report shows plans to people and to programs: which identity gets which role where, when, and why; and the table
// of all grants that this library knows.
//
// It is pure: a plan in, text out. It creates nothing, asks nobody and writes no file.
//
//	p := components.PlanManagedIdentityCluster(args)
//	fmt.Print(report.Plan(p))     // for a terminal
//	fmt.Print(report.Markdown(p)) // for a pull request
//	fmt.Print(report.JSON(p))     // for a program
//
// [GrantTable] is the page docs/grants.md. [Short] is the one rule by which long IDs are shortened for people, and [Table] keeps
// tables within the width of a terminal.
//
// What it does not do: it does not look at what is deployed, and it does not judge whether a plan is enough.
package report
