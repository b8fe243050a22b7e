package bot

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"strconv"
)

// The measures of a chart in pixels, and its colours. It brings its own ground, for it is shown on dark and on light.
const (
	chartWidth  = 800
	chartEdge   = 20 // around everything
	chartRow    = 40 // from one bar to the next
	chartBar    = 26 // of which the bar takes so much
	chartNumber = 56 // left of the bars, for their numbers
	chartCount  = 84 // right of the longest one, for what they count
	digitHeight = 20
	digitPen    = 2.6
)

var (
	chartGround = color.NRGBA{0x24, 0x28, 0x30, 0xff}
	chartBars   = color.NRGBA{0x6f, 0xa8, 0xdc, 0xff}
	chartDigits = color.NRGBA{0xf2, 0xf3, 0xf5, 0xff}
)

// barChart draws a bar for each count, numbered from 1, as a PNG. It draws digits and nothing else: names come in
// every script, which would take fonts far larger than the program, so they stand in the list that the numbers
// refer to.
func barChart(counts []int) ([]byte, error) {
	most := 1
	for _, n := range counts {
		most = max(most, n)
	}
	img := image.NewNRGBA(image.Rect(0, 0, chartWidth, 2*chartEdge+chartRow*len(counts)-(chartRow-chartBar)))
	for i := 0; i < len(img.Pix); i += 4 {
		img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = chartGround.R, chartGround.G, chartGround.B, chartGround.A
	}
	c := canvas{img}
	longest := float64(chartWidth - 2*chartEdge - chartNumber - chartCount)
	for i, n := range counts {
		middle := float64(chartEdge + i*chartRow + chartBar/2)
		left := float64(chartEdge + chartNumber)
		c.number(i+1, left-14, middle, true)
		const round = chartBar / 2.0
		right := left + max(2*round, longest*float64(n)/float64(most))
		c.stroke(point{left + round, middle}, point{right - round, middle}, round, chartBars)
		c.number(n, right+14, middle, false)
	}
	var out bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, img)
	return out.Bytes(), err
}

type point struct{ x, y float64 }

// canvas draws with a round pen.
type canvas struct{ *image.NRGBA }

// stroke draws a line from a to b with a pen of a radius. Its edge is smooth: a pixel that it covers in part is mixed.
func (c canvas) stroke(a, b point, radius float64, ink color.NRGBA) {
	box := image.Rect(int(min(a.x, b.x)-radius)-1, int(min(a.y, b.y)-radius)-1, int(max(a.x, b.x)+radius)+2, int(max(a.y, b.y)+radius)+2).Intersect(c.Rect)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			covered := radius + 0.5 - distance(point{float64(x) + 0.5, float64(y) + 0.5}, a, b)
			if covered > 0 {
				c.mix(x, y, ink, min(1, covered))
			}
		}
	}
}

// distance is how far p is from the line between a and b.
func distance(p, a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	t := 0.0
	if length := dx*dx + dy*dy; length > 0 {
		t = max(0, min(1, ((p.x-a.x)*dx+(p.y-a.y)*dy)/length))
	}
	return math.Hypot(p.x-a.x-t*dx, p.y-a.y-t*dy)
}

func (c canvas) mix(x, y int, ink color.NRGBA, share float64) {
	under := c.NRGBAAt(x, y)
	blend := func(under, over uint8) uint8 {
		return uint8(math.Round(float64(under)*(1-share) + float64(over)*share))
	}
	c.SetNRGBA(x, y, color.NRGBA{blend(under.R, ink.R), blend(under.G, ink.G), blend(under.B, ink.B), 0xff})
}

// number writes a number that begins at x, or ends there, with its middle at a height.
func (c canvas) number(n int, x, middle float64, ends bool) {
	text := strconv.Itoa(n)
	const scale = digitHeight / digitUnits
	if ends {
		x -= float64(len(text)) * digitStep * scale
	}
	for _, digit := range text {
		for _, line := range digits[digit-'0'] {
			for i := 1; i < len(line); i++ {
				at := func(p [2]int8) point {
					return point{x + float64(p[0])*scale, middle + digitHeight/2 - float64(p[1])*scale}
				}
				c.stroke(at(line[i-1]), at(line[i]), digitPen/2, chartDigits)
			}
		}
		x += digitStep * scale
	}
}

// digitUnits is how high the digits are, and digitStep from one to the next, in the units of their points.
const (
	digitUnits = 21.0
	digitStep  = 20.0
)

// digits are the lines of 0 to 9 as points from the left and from below: the simplex roman ones of A. V. Hershey
// (Calligraphy for Computers, 1967; public domain).
var digits = [10][][][2]int8{
	{{{9, 21}, {6, 20}, {4, 17}, {3, 12}, {3, 9}, {4, 4}, {6, 1}, {9, 0}, {11, 0}, {14, 1}, {16, 4}, {17, 9}, {17, 12}, {16, 17}, {14, 20}, {11, 21}, {9, 21}}},
	{{{6, 17}, {8, 18}, {11, 21}, {11, 0}}},
	{{{4, 16}, {4, 17}, {5, 19}, {6, 20}, {8, 21}, {12, 21}, {14, 20}, {15, 19}, {16, 17}, {16, 15}, {15, 13}, {13, 10}, {3, 0}, {17, 0}}},
	{{{5, 21}, {16, 21}, {10, 13}, {13, 13}, {15, 12}, {16, 11}, {17, 8}, {17, 6}, {16, 3}, {14, 1}, {11, 0}, {8, 0}, {5, 1}, {4, 2}, {3, 4}}},
	{{{13, 21}, {3, 7}, {18, 7}}, {{13, 21}, {13, 0}}},
	{{{15, 21}, {5, 21}, {4, 12}, {5, 13}, {8, 14}, {11, 14}, {14, 13}, {16, 11}, {17, 8}, {17, 6}, {16, 3}, {14, 1}, {11, 0}, {8, 0}, {5, 1}, {4, 2}, {3, 4}}},
	{{{16, 18}, {15, 20}, {12, 21}, {10, 21}, {7, 20}, {5, 17}, {4, 12}, {4, 7}, {5, 3}, {7, 1}, {10, 0}, {11, 0}, {14, 1}, {16, 3}, {17, 6}, {17, 7}, {16, 10}, {14, 12}, {11, 13}, {10, 13}, {7, 12}, {5, 10}, {4, 7}}},
	{{{17, 21}, {7, 0}}, {{3, 21}, {17, 21}}},
	{{{8, 21}, {5, 20}, {4, 18}, {4, 16}, {5, 14}, {7, 13}, {11, 12}, {14, 11}, {16, 9}, {17, 7}, {17, 4}, {16, 2}, {15, 1}, {12, 0}, {8, 0}, {5, 1}, {4, 2}, {3, 4}, {3, 7}, {4, 9}, {6, 11}, {9, 12}, {13, 13}, {15, 14}, {16, 16}, {16, 18}, {15, 20}, {12, 21}, {8, 21}}},
	{{{16, 14}, {15, 11}, {13, 9}, {10, 8}, {9, 8}, {6, 9}, {4, 11}, {3, 14}, {3, 15}, {4, 18}, {6, 20}, {9, 21}, {10, 21}, {13, 20}, {15, 18}, {16, 14}, {16, 9}, {15, 4}, {13, 1}, {10, 0}, {8, 0}, {5, 1}, {4, 3}}},
}
