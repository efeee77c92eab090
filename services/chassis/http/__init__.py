"""Requests to others over HTTP: signed with a secret of both, without redirects, and bounded in time however they drip."""
