// Package templates carries the look of a site: the templates and assets that
// the program uses where an archive's own folder templates/ has none of that
// name.
package templates

import "embed"

// Files holds the templates (*.html) and assets/*.
//
//go:embed *.html assets
var Files embed.FS
