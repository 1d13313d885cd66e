// Package pages holds the code that the pages of docs/ show and that stands nowhere else: a first program with its tests in shop, and
// single calls in the tests of this folder. What is shown is compiled and run with them.
package pages
