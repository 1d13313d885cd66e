package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"os"
	"time"
)

// entry is a file of an archive.
type entry struct {
	name, file string
	executable bool
}

// changed is the time of everything in an archive. A tar needs one, and the time of the build would be another each time.
var changed = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// archive is a gzipped tar. The header of gzip has neither a name nor a time as long as nobody sets them.
func archive(entries []entry) ([]byte, error) {
	var text bytes.Buffer
	zipped, err := gzip.NewWriterLevel(&text, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	files := tar.NewWriter(zipped)
	for _, e := range entries {
		if err := e.write(files); err != nil {
			return nil, err
		}
	}
	if err := files.Close(); err != nil {
		return nil, err
	}
	if err := zipped.Close(); err != nil {
		return nil, err
	}
	return text.Bytes(), nil
}

func (e entry) write(files *tar.Writer) error {
	text, err := os.ReadFile(e.file)
	if err != nil {
		return err
	}
	header := &tar.Header{
		Typeflag: tar.TypeReg, Name: e.name, Size: int64(len(text)), Mode: 0o644, ModTime: changed, Format: tar.FormatUSTAR,
	}
	if e.executable {
		header.Mode = 0o755
	}
	if err := files.WriteHeader(header); err != nil {
		return err
	}
	_, err = files.Write(text)
	return err
}
