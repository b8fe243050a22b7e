package render_test

import (
	"bytes"
	"context"
	"encoding/json"
	"image/png"
	"os"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/bot/discordtest/render"
)

// samples has a message of each kind of part.
func samples(t *testing.T) []*discordtest.Message {
	t.Helper()
	raw, err := os.ReadFile("testdata/messages.json")
	if err != nil {
		t.Fatal(err)
	}
	var messages []*discordtest.Message
	if err := json.Unmarshal(raw, &messages); err != nil {
		t.Fatal(err)
	}
	return messages
}

// Pictures have the size of their look, are not empty, and differ in their theme. NEWSDESK_PICTURES names
// a folder to keep them in.
func TestPictures(t *testing.T) {
	if _, err := render.Chromium(); err != nil {
		t.Skip(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	if dir := os.Getenv("NEWSDESK_PICTURES"); dir != "" {
		if err := render.All(ctx, dir, "sample", samples(t), map[string]string{}); err != nil {
			t.Fatal(err)
		}
	}
	var background [2]uint32
	for n, theme := range []string{render.Dark, render.Light} {
		picture, err := render.PNG(ctx, samples(t), map[string]string{}, theme, render.Phone)
		if err != nil {
			t.Fatal(err)
		}
		decoded, err := png.Decode(bytes.NewReader(picture))
		if err != nil {
			t.Fatal(err)
		}
		size := decoded.Bounds()
		if size.Dx() != render.Phone*render.Scale || size.Dy() < 1000 {
			t.Errorf("%s: %v", theme, size)
		}
		background[n], _, _, _ = decoded.At(2, size.Dy()-2).RGBA()
		colours := map[uint32]bool{}
		for y := range size.Dy() {
			r, _, _, _ := decoded.At(size.Dx()/2, y).RGBA()
			colours[r] = true
		}
		if len(colours) < 5 {
			t.Errorf("%s: only %d colours in the middle", theme, len(colours))
		}
	}
	if background[0] >= background[1] {
		t.Errorf("dark is %x, light %x", background[0], background[1])
	}
}
