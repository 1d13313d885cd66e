// Package matrix breaks deployments at every place where they can break and looks at the end: reference deployments, times every
// operation that they send to Azure when they are deployed, updated, refreshed and destroyed, times everything that may go wrong with
// it, times fixed and random names. What failed is run again as a user would, at most three times in all; what says which command
// repairs it is repaired with that command. In the end the state and Azure are the same: nothing is lost, nothing is there twice,
// the next preview is empty and a destroy leaves nothing.
//
// All cases take long, so a plain test runs a sample, which a seed decides:
//
//	go test ./tests/matrix -run Matrix -v                          # the sample
//	AKSID_MATRIX=all go test ./tests/matrix -run Matrix -v         # everything: make matrix
//	AKSID_MATRIX=2000 AKSID_MATRIX_SEED=7 go test ./tests/matrix   # another and larger sample
//	AKSID_MATRIX_ONLY=quickstart/up/fixed go test ./tests/matrix   # the cases with these words in their names
package matrix
