package estate

import (
	"regexp"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// explained is one line of a component's explanation in a preview:
//
//   - control-plane gets Network Contributor on subnets.nodes (hub/nodes): join nodes to the subnet
//
// names are those in the ID, when that is known.
type explained struct{ holder, role, on, names, reason string }

var explanation = regexp.MustCompile(`^\s*- (\S+) gets (.+?) on (.+?)(?: \(([^()]*)\))?: (.+)$`)

// unwrapped is where a line of a list goes on in the next one, below its text.
var unwrapped = regexp.MustCompile(`\n    +`)

func explainedIn(message string) (lines []explained) {
	for line := range strings.SplitSeq(unwrapped.ReplaceAllString(message, " "), "\n") {
		if found := explanation.FindStringSubmatch(line); found != nil {
			lines = append(lines, explained{found[1], found[2], found[3], found[4], found[5]})
		}
	}
	return lines
}

// bestLine is the line that tells about the assignment: one of its holder whose argument is in its name, and whose role is.
func bestLine(a Assignment, lines []explained) (best explained, found bool) {
	points := 0
	for _, line := range lines {
		if line.holder != a.Holder && !strings.HasPrefix(line.holder, a.Holder+"-") {
			continue
		}
		p := 0
		if strings.Contains(a.Resource.Name(), "-"+plan.Slug(line.role)+"-") || strings.EqualFold(line.role, a.RoleName) {
			p++
		}
		if argument := argumentOf(line.on); strings.HasSuffix(a.Resource.Name(), "-"+argument) || strings.Contains(a.Resource.Name(), "-"+argument+".") {
			p += 2
		}
		if a.Reason != "" && strings.HasPrefix(line.reason, firstPart(a.Reason)) {
			p += 2
		}
		if p > points {
			best, found, points = line, true, p
		}
	}
	return best, found && points >= 2
}

// argumentOf is the argument without its level: publicIps.web of "resource group of publicIps.web".
func argumentOf(on string) string {
	words := strings.Fields(on)
	if len(words) == 0 {
		return on
	}
	return words[len(words)-1]
}

// firstPart is the first of several reasons, without what it was cut off by.
func firstPart(reason string) string {
	part, _, _ := strings.Cut(strings.TrimSuffix(reason, "..."), "; ")
	return part
}

// complete adds what only the line knows.
func (x explained) complete(a *Assignment) {
	a.On, a.Names, a.Reason = first(a.On, x.on), x.names, x.reason
	if a.RoleID == "" {
		a.RoleName = x.role
		if role, ok := rbac.BuiltinRole(rbac.RoleName(x.role)); ok {
			a.RoleID = role.ID
		}
	}
}

// levels stand at the end of the name of a grant that is not on the resource itself.
var levels = []string{"resource group", "virtual network"}

// argumentIn is the argument in the name of a grant of ours: COMPONENT-HOLDER-ROLE-ARGUMENT, and the level.
func argumentIn(a Assignment) string {
	word := "-" + plan.Slug(a.RoleName) + "-"
	at := strings.LastIndex(a.Resource.Name(), word)
	if at < 0 || a.Holder == "" || a.Resource.Custom && a.Resource.Parent == "" {
		return ""
	}
	argument := a.Resource.Name()[at+len(word):]
	for _, level := range levels {
		if rest, above := strings.CutSuffix(argument, "."+plan.Slug(level)); above {
			return level + " of " + rest
		}
	}
	if slices.Contains([]string{"", "at"}, argument) || strings.HasPrefix(argument, "at-") {
		return "" // several arguments share it
	}
	return argument
}
