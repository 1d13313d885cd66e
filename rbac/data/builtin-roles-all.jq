# Makes data/builtin-roles-all.json.gz out of a dump of all built-in roles; README.md has the command. Everything about
# permissions is kept, apart from empty lists and nulls; scopes ("/" always) and descriptions are left out.
def entries: with_entries(select(.value != null and .value != []));

{
  source: "public dataset iann0036/iam-dataset, azure/built-in-roles-raw.json, snapshot \($date)",
  roles: (map({
    name: .roleName,
    guid: .name,
    permissions: (.permissions | map({actions, notActions, dataActions, notDataActions, condition} | entries)),
  }) | sort_by(.name | ascii_downcase)),
}
