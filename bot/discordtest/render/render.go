// Package render makes pictures of messages as Discord shows them: the page of package page in a
// headless Chromium (Debian: chromium, fonts-noto-core, fonts-noto-color-emoji; setup.sh installs them).
package render

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"

	"newsdesk/bot/discordtest"
	"newsdesk/bot/discordtest/page"
)

// Widths of pictures in CSS pixels; a picture has Scale times as many of its own.
const (
	Phone   = 400
	Desktop = 800
	Scale   = 2
)

// Themes.
const (
	Dark  = page.Dark
	Light = page.Light
)

// ErrNoChromium says that there is no browser to make pictures with.
var ErrNoChromium = errors.New("no chromium on this machine; bot/discordtest/render/setup.sh installs it")

// Chromium is the browser's program.
func Chromium() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if file, err := exec.LookPath(name); err == nil {
			return file, nil
		}
	}
	return "", ErrNoChromium
}

var height = regexp.MustCompile(`data-height="(\d+)"`)

// PNG is a picture of these messages, one below the other; names are those of [page.Write].
func PNG(ctx context.Context, messages []*discordtest.Message, names map[string]string, theme string, width int) ([]byte, error) {
	chromium, err := Chromium()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "discord-picture-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	var html bytes.Buffer
	if err := page.Write(&html, messages, names, theme, width); err != nil {
		return nil, err
	}
	file, shot := filepath.Join(dir, "page.html"), filepath.Join(dir, "page.png")
	if err := os.WriteFile(file, html.Bytes(), 0o600); err != nil {
		return nil, err
	}
	browse := func(high int, arguments ...string) ([]byte, error) {
		// The window is never narrower than 500, and a part of its height is not the page's: what is too
		// much is cut off below.
		command := exec.CommandContext(ctx, chromium, append([]string{
			"--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--mute-audio", "--no-first-run",
			"--disable-dev-shm-usage", "--user-data-dir=" + filepath.Join(dir, "profile"),
			"--force-device-scale-factor=" + strconv.Itoa(Scale), "--window-size=" + strconv.Itoa(max(width, 500)) + "," + strconv.Itoa(high),
		}, append(arguments, "file://"+file)...)...)
		out, err := command.Output()
		if err != nil {
			return nil, fmt.Errorf("chromium: %w", err)
		}
		return out, nil
	}
	dom, err := browse(1000, "--dump-dom")
	if err != nil {
		return nil, err
	}
	found := height.FindSubmatch(dom)
	if found == nil {
		return nil, errors.New("chromium: the page does not say how high it is")
	}
	high, _ := strconv.Atoi(string(found[1]))
	if _, err := browse(high+200, "--screenshot="+shot); err != nil {
		return nil, err
	}
	return cut(shot, width*Scale, high*Scale)
}

// cut is the upper left part of a picture.
func cut(file string, width, high int) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	whole, err := png.Decode(f)
	if err != nil {
		return nil, err
	}
	part := image.NewRGBA(image.Rect(0, 0, width, min(high, whole.Bounds().Dy())))
	draw.Draw(part, part.Bounds(), whole, image.Point{}, draw.Src)
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	err = encoder.Encode(&out, part)
	return out.Bytes(), err
}

// Looks are the four ways in which people see a message.
var Looks = []struct {
	Name  string
	Theme string
	Width int
}{{"dark-desktop", Dark, Desktop}, {"light-desktop", Light, Desktop}, {"dark-phone", Dark, Phone}, {"light-phone", Light, Phone}}

// All writes dir/name-look.png for each of [Looks].
func All(ctx context.Context, dir, name string, messages []*discordtest.Message, names map[string]string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	for _, look := range Looks {
		picture, err := PNG(ctx, messages, names, look.Theme, look.Width)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name+"-"+look.Name+".png"), picture, 0o644); err != nil {
			return err
		}
	}
	return nil
}
