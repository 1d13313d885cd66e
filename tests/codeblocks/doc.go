// Package codeblocks holds every code block of our pages to something that compiles it, runs it, or at least knows its words. A comment in
// front of the block says what that is, one of a closed set ([Kinds]):
//
//	<!-- from FILE -->               it stands in FILE, which is compiled, or deployed by a test
//	<!-- output of FILE -->          it stands in FILE, a golden file or an Example whose output go test compares
//	<!-- run by TEST -->             TEST reads the page and does what the block says, or has the very lines
//	<!-- arguments of COMPONENT -->  YAML: the component has these arguments, and they take such values
//	<!-- by hand -->                 nothing here can run it, as what works on the real Azure: its commands and flags exist
//
// In docs/reference, which is generated, the line below a block names the file: From [FILE](...).
//
// The commands and flags of other programs are in testdata/commands, one file for each program, which tests compare with the programs.
package codeblocks
