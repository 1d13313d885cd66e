package plan

// What is known late is checked when it arrives, by the rules and in the words for what is known at preview.

// CheckRanges says what is wrong with the authorised ranges that have arrived. None at all would open the API server to everybody.
func (a APIServer) CheckRanges(ranges []string) Problems {
	check := &problems{}
	a.AuthorizedRanges = knownAll(ranges)
	a.checkAccess(check)
	return check.list
}

// CheckAdmins says what is wrong with the groups of administrators that have arrived.
func (c Cluster) CheckAdmins(groups []string) Problems {
	check := &problems{}
	c.checkAdmins(check, knownAll(groups))
	return check.list
}

// Check says what is wrong with the three names of an identity whose arguments are below the path, as far as they tell it themselves.
func (e ExistingIdentity) Check(path Path) Problems {
	check := &problems{}
	e.check(check, path)
	return check.list
}

// Check says what is wrong with a window whose argument is at the path.
func (w Window) Check(path Path) Problems {
	check := &problems{}
	w.check(check, path)
	return check.list
}

func knownAll(texts []string) []Value[string] {
	out := make([]Value[string], len(texts))
	for i, text := range texts {
		out[i] = Known(text)
	}
	return out
}
