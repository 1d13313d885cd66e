// Package page is a document and its picture as one HTML file: it needs no network, it can be searched, a click follows an identity to its
// resources, and it is light or dark as its reader likes.
package page

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/document"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/graph"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

//go:embed page.html
var source string

// HTML is the page.
func HTML(d document.Document, picture graph.Layout) ([]byte, error) {
	page, err := template.New("page").Funcs(template.FuncMap{"short": report.Short}).Parse(source)
	if err != nil {
		return nil, fmt.Errorf("the template of the page: %w", err)
	}
	var out bytes.Buffer
	err = page.Execute(&out, map[string]any{
		"Document": d,
		"Preview":  len(d.Grants) > 0 && d.Grants[0].Change != "",
		// The picture is made of escaped texts and numbers: see graph.Layout.SVG.
		"Picture": template.HTML(picture.SVG()),
	})
	return out.Bytes(), err
}
