// Package hugo holds a Hugo site without content, whose templates make the
// pages that Chancery makes, to measure against. It knows nothing of documents.
package hugo

import "embed"

// Site holds hugo.yaml, layouts/ and assets/.
//
//go:embed hugo.yaml all:layouts assets
var Site embed.FS
