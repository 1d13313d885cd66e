// Package recordings compares what the components do with what the Azure CLI did in the same situations: the body of the
// cluster, property by property, and the grants.
package recordings
