// Package upgrade deploys the examples with the previous version of the library, and goes on with this one: nothing may be replaced or
// deleted, and what is changed is listed with the reason (explained_test.go).
//
// The previous version is named in previous.txt. What its examples came to, their states and the simulated Azure, is recorded in
// testdata/previous.json.gz, so that the tests need neither git nor a second build. `make test-upgrade` makes the recording anew, from
// git, compares it with the one here, and runs the tests with it; `make record-previous` writes it.
//
// The programs are those of today: an argument with another name is something that a user changes with an upgrade. The simulated Azure
// is that of the recording; what an example finds there today, and did not find then, is added.
package upgrade
