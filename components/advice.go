package components

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// advice says what to do about a refused child that no waiting helps; "" when there is nothing to say. Whoever does what it says
// loses no right at any moment: tests/components/advice_test.go does it, piece by piece.
func (g *granter) advice(args *pulumi.ErrorHookArgs) string {
	message := args.Errors[0]
	switch {
	case strings.HasSuffix(string(args.Type), ":FederatedIdentityCredential"):
		if strings.Contains(message, "Issuer and subject combination already exists") || g.isDeployedCredential(message) {
			return adviceOnCredential(strings.TrimPrefix(args.Name, g.name+"-"))
		}
		return g.adviceOnWhatExists(args)
	case !strings.HasSuffix(string(args.Type), ":RoleAssignment"):
		return g.adviceOnWhatExists(args)
	case strings.Contains(message, "AuthorizationFailed"):
		return "Whoever deploys may not grant roles at this scope: it takes Owner, User Access Administrator or Role Based Access Control " +
			"Administrator there. A team that has the right can make the grants of a new cluster with VnetDelegation or AddonIdentityGrants " +
			"in a stack of its own; the cluster then says grantMode: none."
	case strings.Contains(message, "UnmatchedPrincipalType"):
		return g.grantCalled(args.Name).AdviceOnType()
	case strings.Contains(message, "RoleAssignmentExists"):
		return adviceOnOtherName(g.grantCalled(args.Name), message)
	case strings.Contains(message, "cannot create already existing resource"):
		if clash := g.claims.clash(message); clash != "" {
			return clash
		}
		grant := g.grantCalled(args.Name)
		if grant.Role.IsCustom() { // nobody else can have assigned it, so it cannot be adopted
			return g.adviceOnWhatExists(args)
		}
		if own := g.adviceOnOwn(grant, message); own != "" {
			return own
		}
		return adviceOnSameName(grant, message)
	}
	return ""
}

// grantCalled is the planned grant whose resource has the name.
func (g *granter) grantCalled(name string) plan.Grant {
	for _, grant := range g.planned {
		if g.name+"-"+grant.Name == name {
			return grant
		}
	}
	return plan.Grant{Name: strings.TrimPrefix(name, g.name+"-")}
}

// adviceOnOwn: the description says that this component made the assignment, and the state does not have it.
func (g *granter) adviceOnOwn(grant plan.Grant, message string) string {
	found := assignmentName.FindStringSubmatch(message)
	if found == nil || !g.deployedAssignments().known || g.heldAs(found[1]) != "" {
		return ""
	}
	scope := g.claims.scopeOf(found[1])
	existing, err := g.assignmentAt(scope, found[1])
	if scope == "" || err != nil || existing == nil || !existing.IsMadeBy(g.madeBy()) {
		return ""
	}
	if _, replaced := g.assignmentBefore(grant); replaced {
		return "The right is there already: nothing was made, and nothing is lost. It is of " + adviceOnReplacement(message)
	}
	return "The right is there already: nothing was made, and nothing is lost. A deployment of this component that was interrupted made " +
		"the assignment, as its description says. Take over all that it left: adopt: {\"assignments\": \"own\"}."
}

// adviceOnSameName: the assignment has the very name that we give it, so a program that uses this library made it.
func adviceOnSameName(grant plan.Grant, message string) string {
	path := string(grant.Scope.Path)
	lines := []string{"The right is there already: nothing was made, and nothing is lost. What the preview deletes tells what to do:"}
	if argument, _, keyed := cutKey(path); keyed {
		lines = append(lines, fmt.Sprintf(
			"a grant of another key: the key was renamed. Name the former one: renamedKeys: {%q: [%q]}.", path, argument+".<former key>"))
	}
	lines = append(lines,
		"the grants of another component: it was renamed or moved. Go back and deploy, then change it again with an alias (docs/renaming.md).",
		fmt.Sprintf("no grant, and another component or stack makes it: leave %s to that one, or hand the grant over (docs/renaming.md).", path),
		"no grant, and nobody makes it, because a deployment was interrupted: take it over: "+adoption(grant, message)+
			". To take over all that this component made: adopt.assignments: own (docs/adopt.md).",
		adviceOnReplacement(message),
	)
	return strings.Join(lines, "\n  - ")
}

// adviceOnOtherName: the assignment has another name, so no program that uses this library made it.
func adviceOnOtherName(grant plan.Grant, message string) string {
	return strings.Join([]string{
		"The right is there already, as an assignment with another name: nothing was made, and nothing is lost.",
		fmt.Sprintf("A program makes it: leave %s to that program, or hand the grant over (docs/renaming.md).", grant.Scope.Path),
		"Somebody made it by hand: take it over as it is: " + adoption(grant, message) + ".",
	}, "\n  - ")
}

// isDeployedCredential tells whether a message is about a credential that the state has as one of the component's: under another key, for
// its name in Azure stays.
func (g *granter) isDeployedCredential(message string) bool {
	found := alreadyThere.FindStringSubmatch(message)
	if found == nil {
		return false
	}
	scope, err := rbac.ParseScope(found[1])
	if err != nil {
		return false
	}
	identity, ok := scope.Ancestor(plan.TypeUserAssignedIdentity)
	return ok && g.deployedCredentials(identity)[strings.ToLower(scope.Name())]
}

// adviceOnCredential is about the credential with a key as plan.FederatedCredential has it.
func adviceOnCredential(key string) string {
	account, issuer, several := strings.Cut(key, ".")
	path := "serviceAccounts." + account
	lines := []string{
		"The service account may act as the identity already: nothing was made, and nothing is lost.",
		fmt.Sprintf("Its key was renamed: name the former one: renamedKeys: {%q: [%q]}.", path, "serviceAccounts.<former key>"),
	}
	if several {
		lines = append(lines, fmt.Sprintf("Its cluster was the one of issuerUrl, or had another key: name what it was: renamedKeys: {%q: [%q]}, or [%q].",
			"issuerUrls."+issuer, "issuerUrl", "issuerUrls.<former key>"))
	} else {
		lines = append(lines, fmt.Sprintf("Its cluster was one of issuerUrls: name which: renamedKeys: {%q: [%q]}.", "issuerUrl", "issuerUrls.<key>"))
	}
	return strings.Join(append(lines, fmt.Sprintf("Somebody made the credential by hand: leave %s out.", path)), "\n  - ")
}

// assignmentName is the GUID in what is said about an assignment: at the end of an ID, or as Azure writes it, without dashes.
var assignmentName = regexp.MustCompile(`(?i)(?:roleAssignments/|role assignment is )([0-9a-f-]{32,36})`)

// adoption is the argument with which the grant takes the assignment over.
func adoption(grant plan.Grant, message string) string {
	guid := "<GUID of the assignment>"
	if found := assignmentName.FindStringSubmatch(message); found != nil {
		guid = found[1]
	}
	return fmt.Sprintf("adoptedAssignments: {%q: %q}", grant.Name, guid)
}

// cutKey cuts a path into the argument and the user's key; a single ID has none.
func cutKey(path string) (argument, key string, keyed bool) {
	at := strings.LastIndex(path, ".")
	if at < 0 || strings.HasSuffix(path, "Id") {
		return path, "", false
	}
	return path[:at], path[at+1:], true
}
