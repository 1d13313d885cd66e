// Package azure reads the AKS clusters of a subscription, their identities and all role assignments, as an estate. It only reads: what it
// takes is the role Reader on the subscription, and on other subscriptions that clusters work with. Whether a principal still exists is
// asked of Microsoft Graph; a caller who may not ask that gets a note.
//
// What Azure answers is made as flat as azure-native writes it into a state, so that one reader knows both.
package azure
