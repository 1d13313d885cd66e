// Package markdown reads our pages as a test has to see them: their code blocks, each with the mark that says what holds it, and the
// commands in those that are for a shell. It knows of Markdown and of shells only as much as our pages use, and takes what it does not
// understand for an error, never for nothing.
package markdown
