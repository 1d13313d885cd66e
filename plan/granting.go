package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// granting turns mentions into grants.
type granting struct {
	strategy RoleStrategy
	// phase of the grants of an identity.
	phase func(Identity) Phase
	// stands is who stands in for the holder that the grant table names; nil: nobody.
	stands func(Identity) Identity
	// label is the identity's part of a grant's name, and the labels it would have in another shape of the arguments.
	// nil: the identity's own name.
	label func(Identity) (name string, former []string)
}

func always(phase Phase) func(Identity) Phase { return func(Identity) Phase { return phase } }

// into plans every mention, and adds what else is to be granted. Mentions that turn out to be the same resource share a grant
// that carries all reasons, and a grant that another one covers is not made. A mention that the grant table has no answer for
// is a problem.
func (g granting) into(p *Plan, check *problems, mentions []Mention, more ...Grant) {
	rows, err := g.rows(mentions)
	if err != nil {
		check.add("roleStrategy", err.Error(), "report it; no argument can mend it.")
		return
	}
	all := more
	for _, m := range mentions {
		if row, known := rows[m.Use]; known {
			grants, notes := g.grantsOf(m, row, mentions)
			all, p.Notes = append(all, grants...), append(p.Notes, notes...)
		}
	}
	p.Notes = sortedSet(p.Notes)
	p.Grants = covered(mergeGrants(all))
}

// grantsOf are the grants of one mention.
func (g granting) grantsOf(m Mention, row plannedRow, all []Mention) (grants []Grant, notes []string) {
	singles := singlesIn(m, all)
	for _, r := range row.rules {
		if row.onGroups && r.Level == AtResourceGroup {
			continue // the groups themselves are mentioned
		}
		if r.note != "" {
			notes = append(notes, fmt.Sprintf("%s: %s", m.Path, r.note))
		}
		for _, part := range r.parts {
			grants = append(grants, g.grant(m, row.UseInfo, r.Rule, part, singles))
		}
	}
	return grants, notes
}

// plannedRow is a row of the grant table as this plan carries it out.
type plannedRow struct {
	UseInfo
	// onGroups tells that the resource groups are mentioned in place of the single resources.
	onGroups bool
	rules    []plannedRule
}

type plannedRule struct {
	Rule
	parts []part
	note  string
}

// rows looks every mentioned use up, once. A use that is not in the table is left out: checkMentions reports it.
func (g granting) rows(mentions []Mention) (map[Use]plannedRow, error) {
	rows := map[Use]plannedRow{}
	for _, m := range mentions {
		rows[m.Use] = plannedRow{}
	}
	for use := range rows {
		info, err := lookup(use)
		if err != nil {
			delete(rows, use)
			continue
		}
		row := plannedRow{UseInfo: info}
		if info.Group != nil {
			_, row.onGroups = rows[info.Group.Use]
		}
		for _, r := range info.Rules {
			parts, note, err := r.parts(g.strategy)
			if err != nil {
				return nil, fmt.Errorf("the grant table's row of %q is wrong: %w", use, err)
			}
			row.rules = append(row.rules, plannedRule{r, parts, note})
		}
		rows[use] = row
	}
	return rows, nil
}

// singlesIn are the single resources in whose place a group stands, as far as it is certain that they lie in it.
func singlesIn(group Mention, all []Mention) (singles []Mention) {
	around, known := scopeOf(group.ID)
	for _, use := range singleUses()[group.Use] {
		for _, m := range mentionsOf(all, use) {
			scope, alsoKnown := scopeOf(m.ID)
			if known && alsoKnown && around.Contains(scope) || len(mentionsOf(all, group.Use)) == 1 {
				singles = append(singles, m)
			}
		}
	}
	return singles
}

func (g granting) grant(m Mention, info UseInfo, r Rule, part part, singles []Mention) Grant {
	reason := r.Reason
	if m.Detail != "" {
		reason += " (" + m.Detail + ")"
	}
	identity := info.Holder
	if g.stands != nil {
		identity = g.stands(identity)
	}
	grant := Grant{
		Identity: identity, Role: part.role, Capabilities: r.Capabilities, Reasons: []string{reason}, Purposes: []string{r.Reason},
		Phase: g.phase(identity), Sources: []string{r.Source}, needs: part.needs,
		Scope: ScopeRef{
			Path: m.Path, ID: m.ID, Own: m.Own, Level: part.level, ResourceType: m.resourceType(info), Mode: info.Mode,
		},
	}
	if m.Above != "" {
		grant.Scope.Level = m.Above
	}
	if info.Group != nil && grant.Scope.Level == AtResourceGroup {
		grant.Scope.GroupArgument = info.Group.Argument
	}
	if scope, ok := scopeOf(m.ID); ok {
		grant.Scope.Scope = AtLevel(scope, grant.Scope.Level)
	}
	g.name(&grant, m, r, singles)
	return grant
}

// name makes the grant's name of the identity, the documented role and the user's own key. A generated role's permissions
// change, so its word does not follow them. A grant on a group is the one that the single resources had there.
func (g granting) name(grant *Grant, m Mention, r Rule, singles []Mention) {
	label, former := grant.Identity.String(), []string(nil)
	if g.label != nil {
		label, former = g.label(grant.Identity)
	}
	role := Slug(string(r.Role))
	if grant.Role.IsCustom() {
		role = customRoleWord
	}
	grant.nameAs(label, former, role, m.keys(), m.renamed)
	for _, single := range singles {
		for _, key := range single.keys() {
			grant.FormerNames = append(grant.FormerNames, grantName(label, role, key, AtResourceGroup))
		}
	}
}

// nameAs names the grant after the first of the keys; with the other keys and the former labels it had its former names. A
// generated role is called after the oldest of the user's keys: its name in Azure stays when a key gets another one.
func (g *Grant) nameAs(label string, former []string, role string, keys, renamed []NamingKey) {
	g.label = label
	g.Name = grantName(label, role, keys[0], g.Scope.Level)
	g.firstName = g.Name
	if len(renamed) > 0 {
		g.firstName = grantName(label, role, renamed[len(renamed)-1], g.Scope.Level)
	}
	for _, key := range keys {
		for _, l := range append([]string{label}, former...) {
			if name := grantName(l, role, key, g.Scope.Level); name != g.Name {
				g.FormerNames = append(g.FormerNames, name)
			}
		}
	}
}

const customRoleWord = "custom-role"

func grantName(label, role string, key NamingKey, level Level) string {
	name := fmt.Sprintf("%s-%s-%s", label, role, key)
	if level != AtResource {
		name += "." + Slug(string(level))
	}
	return name
}

// sharedName is the name of a grant that several keys share: made of the scope, so that it stays when a key goes.
func sharedName(g Grant) string {
	role := Slug(g.Role.Name)
	if g.Role.IsCustom() {
		role = customRoleWord
	}
	return fmt.Sprintf("%s-%s-at-%s-%s", g.label, role, Slug(g.Scope.Scope.Name()), shortHash(g.Scope.Scope.Key()))
}

func shortHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])[:6]
}

// Slug is a name as it stands in the logical name of a grant: network-contributor.
func Slug(text string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + ('a' - 'A')
		default:
			return '-'
		}
	}, text), "-")
}

// mergeGrants joins grants that coincide: the same identity and role at the same scope. Grants on the same argument
// coincide whether or not its ID is known.
func mergeGrants(all []Grant) []Grant {
	byPlace := map[string]*Grant{}
	var order []string
	for i := range all {
		place := placeOf(all[i])
		if into, ok := byPlace[place]; ok {
			into.absorb(all[i])
			continue
		}
		byPlace[place] = &all[i]
		order = append(order, place)
	}
	merged := make([]Grant, 0, len(order))
	for _, place := range order {
		merged = append(merged, byPlace[place].settled())
	}
	sortGrants(merged)
	return merged
}

func placeOf(g Grant) string {
	role := string(g.Role.ID)
	if g.Role.IsCustom() {
		// Generated roles at one place become one role with the union of the permissions.
		role = "custom"
	}
	return g.Identity.String() + "|" + role + "|" + g.Scope.key()
}

// absorb takes over what a grant at the same place is for.
func (g *Grant) absorb(other Grant) {
	if other.Name != g.Name {
		g.merged = append(g.merged, other.Name)
		g.FormerNames = append(g.FormerNames, other.FormerNames...)
	}
	if other.Scope.Path < g.Scope.Path {
		g.Scope = other.Scope
	}
	if g.Role.IsCustom() {
		g.Role.Permissions = union(g.Role.Permissions, other.Role.Permissions)
	}
	g.alsoFor(other)
}

// alsoFor joins what another grant is for.
func (g *Grant) alsoFor(other Grant) {
	g.Capabilities = sortedSet(slices.Concat(g.Capabilities, other.Capabilities))
	g.Reasons = sortedSet(slices.Concat(g.Reasons, other.Reasons))
	g.Purposes = sortedSet(slices.Concat(g.Purposes, other.Purposes))
	g.Sources = sortedSet(slices.Concat(g.Sources, other.Sources))
	if other.Phase == BeforeCluster {
		g.Phase = BeforeCluster
	}
	if g.needs != nil && other.needs != nil {
		needs := union(*g.needs, *other.needs)
		g.needs = &needs
	} else {
		g.needs = nil
	}
}

// settled gives the grant its final name: by key when one argument names the scope, by scope when several do. The other
// names stay as former ones, so that the grant keeps its place in the state when a key comes or goes.
func (g *Grant) settled() Grant {
	names := sortedSet(append(slices.Clone(g.merged), g.Name))
	shared := g.shared
	if shared == "" && g.Scope.Scope.IsZero() {
		return g.named(names[0], append(names[1:], g.FormerNames...))
	}
	if shared == "" {
		shared = sharedName(*g)
	}
	if len(names) == 1 {
		return g.named(names[0], append([]string{shared}, g.FormerNames...))
	}
	return g.named(shared, append(names, g.FormerNames...))
}

func (g *Grant) named(name string, former []string) Grant {
	out := *g
	out.Name, out.merged, out.firstName = name, nil, ""
	out.FormerNames = slices.DeleteFunc(sortedSet(former), func(f string) bool { return f == name })
	if out.Role.IsCustom() {
		first := name
		if name == g.Name {
			first = g.firstName
		}
		out.Role.Name = "AKS " + strings.Replace(first, "-"+customRoleWord+"-", " ", 1)
	}
	return out
}

// covered leaves out every grant that another one of the same identity covers, and lets that one carry its reasons. A grant that
// is left out itself covers nothing: so one more grant, or one less, changes only what lies within its own scope.
func covered(grants []Grant) []Grant {
	c := covering{grants: grants, coverer: map[int]int{}, at: map[string][]int{}}
	for i, g := range grants {
		c.at[g.Scope.key()] = append(c.at[g.Scope.key()], i)
	}
	for i := range grants {
		c.covererOf(i)
	}
	out := make([]Grant, 0, len(grants))
	kept := map[int]int{}
	for i, g := range grants {
		if c.coverer[i] == none {
			kept[i] = len(out)
			out = append(out, g)
		}
	}
	for i, g := range grants {
		if by := c.coverer[i]; by != none {
			out[kept[by]].alsoFor(g)
		}
	}
	return out
}

// covering finds for each grant the one that covers it.
type covering struct {
	grants  []Grant
	coverer map[int]int
	// at are the grants by the key of their scope.
	at map[string][]int
}

// none covers a grant that is made.
const none = -1

// covererOf is the first grant that is made and covers the grant; of two that cover each other the first one is made.
func (c covering) covererOf(i int) int {
	if by, known := c.coverer[i]; known {
		return by
	}
	c.coverer[i] = none // while it is being found out: covering never goes round in a circle
	for _, scope := range c.grants[i].Scope.andAbove() {
		for _, j := range c.at[scope] {
			if i != j && c.grants[j].covers(c.grants[i]) && !(i < j && c.grants[i].covers(c.grants[j])) && c.covererOf(j) == none {
				c.coverer[i] = j
				return j
			}
		}
	}
	return none
}

// covers tells whether the grant gives all that another one is made for. Where the needs of the other one are not documented,
// only the same role covers it.
func (g Grant) covers(other Grant) bool {
	if g.Identity != other.Identity || !slices.Contains(other.Scope.andAbove(), g.Scope.key()) {
		return false
	}
	if !g.Role.IsCustom() && g.Role.ID == other.Role.ID {
		return true
	}
	if other.needs == nil {
		return false
	}
	return len(g.permissions().Covers(other.needs.Actions, other.needs.DataActions)) == 0
}

func (g Grant) permissions() rbac.Permissions {
	if role, ok := rbac.BuiltinRoleByID(g.Role.ID); ok {
		return role.Permissions
	}
	return g.Role.Permissions
}

// key names the scope: by the ID when it is known, else by the argument.
func (s ScopeRef) key() string {
	if s.Own == OwnCluster {
		return s.keyInCluster()
	}
	if !s.Scope.IsZero() {
		return "scope:" + s.Scope.Key()
	}
	return "path:" + string(s.Path) + "@" + string(s.Level)
}

// andAbove are the keys of the scope and of everything above it. What lies above a late ID is not known, but for the levels of
// the same argument.
func (s ScopeRef) andAbove() []string {
	if s.Own == OwnCluster {
		return []string{s.key(), ScopeRef{Own: OwnCluster}.key()}
	}
	if s.Scope.IsZero() {
		if s.Level != AtResource {
			return []string{s.key()}
		}
		above := func(level Level) string { return ScopeRef{Path: s.Path, Level: level}.key() }
		return []string{s.key(), above(AtVirtualNetwork), above(AtResourceGroup)}
	}
	var keys []string
	for _, scope := range (rbac.Hierarchy{}).Path(s.Scope) {
		keys = append(keys, "scope:"+scope.Key())
	}
	return keys
}
