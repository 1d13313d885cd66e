package components

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"
)

// alreadyThere is how azure-native 2.92.3 refuses to create what exists: it looks before it asks Azure to create anything.
var alreadyThere = regexp.MustCompile(`cannot create already existing resource '([^']+)'`)

// adviceOnWhatExists: Azure has the resource and the state does not. A deployment that was killed, or whose answers all got lost, leaves
// this behind. The command is "pulumi import": "pulumi refresh --import-pending-creates" imports nothing and forgets the creation
// (pulumi 3.259.0, tried 2026-11-26).
func (g *granter) adviceOnWhatExists(args *pulumi.ErrorHookArgs) string {
	if strings.Contains(args.Errors[0], "RoleDefinitionWithSameNameExists") {
		return adviceOnRoleLeftBehind(args)
	}
	found := alreadyThere.FindStringSubmatch(args.Errors[0])
	if found == nil {
		return ""
	}
	return strings.Join([]string{
		fmt.Sprintf("%s is in Azure already, and not in the state of this stack: nothing was made, and nothing is lost.", args.Name),
		"A deployment of this stack was interrupted after Azure had made it: take it into the state, then deploy again (docs/recovery.md):\n    " +
			importCommand(args, g.parent(), found[1]),
		"Somebody else made it: it takes another name here, or has to go there.",
	}, "\n  - ")
}

// adviceOnRoleLeftBehind: the IDs of generated roles are random, their names are not, and Azure has one role of a name in a tenant.
func adviceOnRoleLeftBehind(args *pulumi.ErrorHookArgs) string {
	name := "<name of the role>"
	if given := opened(args.NewInputs["roleName"]); given.IsString() {
		name = given.StringValue()
	}
	return strings.Join([]string{
		fmt.Sprintf("A role with the name %q is in Azure already, and not in the state of this stack: nothing was made.", name),
		"A deployment of this stack was interrupted after Azure had made it, and nobody has been assigned it: remove it, then deploy " +
			"again (docs/recovery.md):\n    az role definition delete --name " + quoted(name),
	}, "\n  - ")
}

// adviceOnReplacement: a grant that gets another identity or scope is there twice for a moment, and the state knows the former one.
func adviceOnReplacement(message string) string {
	id := "<ID>"
	if found := alreadyThere.FindStringSubmatch(message); found != nil {
		id = found[1]
	}
	return "this very grant, which it replaces, because a deployment was interrupted when the new one was there: nothing uses that yet. " +
		"Remove it, then deploy again (docs/recovery.md): az role assignment delete --ids '" + id + "'"
}

// parent is the URN of the component. The engine knows it by the time at which it fails to make a child.
func (g *granter) parent() string {
	urn, err := internals.UnsafeAwaitOutput(g.ctx.Context(), g.component.URN())
	if err != nil {
		return "<URN of the component>"
	}
	return fmt.Sprint(urn.Value)
}

// importCommand takes a child of the component into the state as the component would have put it there.
func importCommand(args *pulumi.ErrorHookArgs, parent, id string) string {
	return fmt.Sprintf("pulumi import %s %s '%s' --parent 'component=%s' --protect=false --yes", args.Type, quoted(args.Name), id, parent)
}

// quoted puts a name that a shell would read as more than a word between quotes.
func quoted(name string) string {
	if plainWord.MatchString(name) {
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
}

var plainWord = regexp.MustCompile(`^[A-Za-z0-9._@%+=:,/-]+$`)
