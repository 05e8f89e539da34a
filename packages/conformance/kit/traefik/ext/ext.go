// Package ext stands in for a module inside Traefik's own that its archive leaves out: Traefik without extensions.
package ext

// HTTP has no extension.
type HTTP struct{}

// Router has no extension.
type Router struct{}
