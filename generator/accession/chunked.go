package accession

// chunkLength is how many items one chunk of a list has.
const chunkLength = 1 << 12

// A chunked is a list that grows by chunks, so that it is not copied as it
// grows and has room for at most one chunk too many.
type chunked[T any] struct{ chunks [][]T }

func (c *chunked[T]) length() int {
	if len(c.chunks) == 0 {
		return 0
	}
	last := len(c.chunks) - 1
	return last*chunkLength + len(c.chunks[last])
}

func (c *chunked[T]) at(i uint32) *T { return &c.chunks[i/chunkLength][i%chunkLength] }

func (c *chunked[T]) add(item T) {
	if c.length()%chunkLength == 0 {
		c.chunks = append(c.chunks, make([]T, 0, min(chunkLength, c.length()+64)))
	}
	last := len(c.chunks) - 1
	c.chunks[last] = append(c.chunks[last], item)
}
