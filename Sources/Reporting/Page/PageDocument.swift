/// A page of HTML that needs nothing but itself: our styles and scripts are in it, and nothing is loaded.
enum PageDocument {
  /// The page.
  ///
  /// - Parameters:
  ///   - title: Its title, as text.
  ///   - styles: CSS, one after the other.
  ///   - body: What it shows.
  ///   - scripts: JavaScript, one after the other.
  static func text(title: String, styles: [[UInt8]], body: HTML, scripts: [[UInt8]]) -> HTML {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title)</title>
    <link rel="icon" href="data:,">
    <style>\(styles.map(asset))</style>
    </head>
    <body>
    \(body)
    <script>\(scripts.map(asset))</script>
    </body>
    </html>

    """
  }

  private static func asset(_ bytes: [UInt8]) -> HTML { HTML(markup: String(decoding: bytes, as: UTF8.self)) }
}
