// Package recordings compares what the components do with what the Azure CLI did in the same situations: the body of the
// cluster, property by property, the grants, what else is made, and what is refused. Every recording is one situation, said
// in our arguments, or has the reason why it cannot be said.
package recordings
