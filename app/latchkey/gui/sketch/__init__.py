"""The sketch of the sign-in page. `page` says what it shows, `layout` where things stand, `paint` draws them; only
`paint` and `artwork` know Qt.
"""
