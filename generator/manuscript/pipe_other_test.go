//go:build !unix

package manuscript

func makePipe(string) bool { return false }
