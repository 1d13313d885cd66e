package azuresim

import "strings"

// globalName is a name that only one resource in all of Azure can have.
type globalName struct {
	on string // the type
	// name is what is unique, as people read it; "" when the resource has no such name.
	name   func(name string, body map[string]any) string
	status int
	code   string
	says   string // with one %s for the name
	source string
}

// globalNames are the names that are unique beyond their resource group, among the types that are modelled. Whether somebody else in
// the world has a name cannot be known here: a test that needs it seeds a resource in another subscription.
var globalNames = []globalName{
	{on: RegistryType, name: under(".azurecr.io"), status: 409, code: CodeAlreadyInUse,
		says:   "The registry DNS name %s is already in use.",
		source: "MicrosoftDocs/azure-dev-docs#1303, read 2026-11-26; the status is not verified"},
	{on: StorageAccountType, name: under(""), status: 409, code: CodeStorageAccountAlreadyTaken,
		says: "The storage account named %s is already taken.", source: "hashicorp/terraform#11485, read 2026-11-26"},
	{on: VaultType, name: under(""), status: 409, code: CodeVaultAlreadyExists,
		says: "The vault name '%s' is already in use. Vault names are unique in all of Azure, so it is possible that the name is already taken.",
		source: "Azure/azure-powershell#15115 (the text), adamdost-0/linux-update-cds#21 (the code), read 2026-11-26; " +
			"the status is not verified"},
	{on: PublicIPAddressType, name: domainName, status: 400, code: "DnsRecordInUse",
		says: "DNS record %s is already used by another public IP.", source: "scarolan/azure-terraform-beginners#20, read 2026-11-26"},
}

// under is the name of a resource with a suffix.
func under(suffix string) func(string, map[string]any) string {
	return func(name string, _ map[string]any) string { return name + suffix }
}

// domainName is the name that a label gives to a public address; labels are unique in their region.
func domainName(_ string, body map[string]any) string {
	label := text(body, "properties", "dnsSettings", "domainNameLabel")
	if label == "" {
		return ""
	}
	return label + "." + region(text(body, "location")) + ".cloudapp.azure.com"
}

// checkGlobalName refuses a name that another resource has.
func (c *Cloud) checkGlobalName(q *request) *Error {
	for _, row := range globalNames {
		if row.on != q.info.name {
			continue
		}
		name := row.name(q.id.name(), q.body)
		for _, r := range c.resources {
			if r == q.old || r.Type != row.on || name == "" {
				continue
			}
			if strings.EqualFold(row.name(r.Name, r.Body), name) {
				return refuse(row.status, row.code, "", row.says, name)
			}
		}
	}
	return nil
}
