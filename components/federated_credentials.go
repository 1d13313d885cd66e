package components

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-azure-native-sdk/managedidentity/v2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
)

// tokenAudience is the one audience that Entra accepts in tokens of a cluster.
const tokenAudience = "api://AzureADTokenExchange"

// credentials are made one after the other, after those of other components on the same identity: Azure refuses two writes on one
// identity at once (ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity).
func (a *WorkloadIdentityArgs) credentials(g *granter, w plan.Workload, user workloadUser, after []pulumi.Resource) (made []pulumi.Resource, err error) {
	subjects, urls := a.subjects(g), a.issuers(g)
	for _, c := range w.Credentials() {
		credential, err := managedidentity.NewFederatedIdentityCredential(g.ctx, g.name+"-"+c.Key(), &managedidentity.FederatedIdentityCredentialArgs{
			FederatedIdentityCredentialResourceName: pulumi.StringPtr(c.Name()),
			ResourceGroupName:                       user.group,
			ResourceName:                            user.name,
			Issuer:                                  urls[c.Issuer],
			Subject:                                 subjects[c.Account],
			Audiences:                               pulumi.StringArray{pulumi.String(tokenAudience)},
		}, g.waiting(
			pulumi.DependsOn(after),
			pulumi.Aliases(g.formerNames(c.FormerKeys)),
			// The name is chosen once: under another key it would be another credential, and Azure refuses a second one for the
			// same service account (Conflict).
			pulumi.IgnoreChanges([]string{"federatedIdentityCredentialResourceName"}),
		)...)
		if err != nil {
			return nil, fmt.Errorf("credential %s: %w", c.Key(), err)
		}
		after = []pulumi.Resource{credential}
		made = append(made, credential)
	}
	return made, nil
}

// subjects are those of the accounts by key.
func (a *WorkloadIdentityArgs) subjects(g *granter) map[string]pulumi.StringInput {
	keys, all := slices.Sorted(maps.Keys(a.ServiceAccounts)), map[string]pulumi.StringInput{}
	for i, key := range keys {
		all[key] = a.subject(g, keys[:i+1])
	}
	return all
}

// subject is that of the account with the last key. A late one is checked when it arrives, beside the accounts whose keys come before:
// their credentials come before it too.
func (a *WorkloadIdentityArgs) subject(g *granter, keys []string) pulumi.StringInput {
	accounts, last := map[string]plan.ServiceAccount{}, keys[len(keys)-1]
	var parts []pulumi.StringInput
	late := false
	for _, key := range keys {
		account := a.ServiceAccounts[key]
		accounts[key] = account.shape()
		_, known := accounts[key].Subject()
		late = late || !known
		parts = append(parts, account.Namespace, account.Name)
	}
	if text, _ := accounts[last].Subject(); !late {
		return pulumi.String(text)
	}
	arrived := func(texts []string) map[string]plan.ServiceAccount {
		accounts := map[string]plan.ServiceAccount{}
		for i, key := range keys {
			accounts[key] = plan.ServiceAccount{
				Namespace: plan.Known(texts[2*i]), Name: plan.Known(texts[2*i+1]), Issuers: a.ServiceAccounts[key].Issuers,
			}
		}
		return accounts
	}
	all := textsOf(parts...)
	refused := judging(g, all, func(texts []string) plan.Problems { return plan.CheckServiceAccount(arrived(texts), last) })
	return all.ApplyT(func(texts []string) (string, error) {
		text, _ := arrived(texts)[last].Subject()
		return text, refused(texts)
	}).(pulumi.StringOutput)
}

// issuers are the clusters' issuers by key; the one of issuerUrl has none.
func (a *WorkloadIdentityArgs) issuers(g *granter) map[string]pulumi.StringInput {
	if len(a.IssuerURLs) == 0 {
		return map[string]pulumi.StringInput{"": g.issuer(a.IssuerURL)}
	}
	keys, all := slices.Sorted(maps.Keys(a.IssuerURLs)), map[string]pulumi.StringInput{}
	for i, key := range keys {
		all[key] = a.issuerOf(g, keys[:i+1])
	}
	return all
}

// issuer refuses an empty one: the cluster's OIDC issuer is then off.
func (g *granter) issuer(issuer pulumi.StringInput) pulumi.StringOutput {
	return issuer.ToStringOutput().ApplyT(func(url string) (string, error) {
		if url == "" && !g.mocked() {
			return "", errors.New("issuerUrl is empty: switch the cluster's OIDC issuer on")
		}
		return url, nil
	}).(pulumi.StringOutput)
}

// issuerOf is that of the last key. A late one is checked when it arrives, beside those whose keys come before.
func (a *WorkloadIdentityArgs) issuerOf(g *granter, keys []string) pulumi.StringInput {
	last := keys[len(keys)-1]
	var parts []pulumi.StringInput
	for _, key := range keys {
		parts = append(parts, a.IssuerURLs[key])
	}
	if !slices.ContainsFunc(valuesOf(parts), plan.Value[string].IsLate) {
		return a.IssuerURLs[last]
	}
	arrived := func(texts []string) map[string]plan.Value[string] {
		urls := map[string]plan.Value[string]{}
		for i, key := range keys {
			urls[key] = plan.Known(texts[i])
		}
		return urls
	}
	all := textsOf(parts...)
	refused := judging(g, all, func(texts []string) plan.Problems { return plan.CheckIssuers(arrived(texts), last) })
	return all.ApplyT(func(texts []string) (string, error) { return texts[len(texts)-1], refused(texts) }).(pulumi.StringOutput)
}
