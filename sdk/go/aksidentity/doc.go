// AKS clusters on managed identities, with exactly the role assignments they need.
package aksidentity
