package graph

import (
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
)

// wider is how much wider than ours the font of whoever looks may be. Ours is the Go font, which is about as wide as Verdana and DejaVu
// Sans, the widest of those that browsers take for sans-serif.
const wider = 1.06

// parsed is the font, which is a part of the program: an error in it cannot happen at run time.
var parsed = sync.OnceValue(func() *opentype.Font {
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		panic("graph: embedded font: " + err.Error())
	}
	return f
})

// TextWidth is how wide a text may become, in pixels.
func TextWidth(text string, size float64) float64 {
	face, err := opentype.NewFace(parsed(), &opentype.FaceOptions{Size: size, DPI: pixels, Hinting: font.HintingNone})
	if err != nil {
		panic("graph: embedded font: " + err.Error())
	}
	defer func() { _ = face.Close() }()
	return float64(font.MeasureString(face, text)) / 64 * wider
}
