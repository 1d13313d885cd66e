package estate

// IsSecret tells whether the value is one that the state keeps as a secret, whether it is encrypted or open.
func IsSecret(value any) bool { return isSecret(value) }
