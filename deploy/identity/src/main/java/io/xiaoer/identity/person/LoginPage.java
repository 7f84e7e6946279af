package io.xiaoer.identity.person;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/// The page on which agents sign in, in the browser's language. It repeats nothing that came with the request.
@RestController
public final class LoginPage {
    public static final String PATH = "/login";

    private static final int NONCE_BYTES = 16;
    private static final String STYLE = """
            *{box-sizing:border-box}
            body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;color:#1d2433;
              background:radial-gradient(1200px 600px at 10% -10%,#ffe3d3,transparent),
                radial-gradient(900px 500px at 110% 110%,#d8e6ff,transparent),#f6f7fb;
              font:16px/1.5 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
            main{width:100%;max-width:380px;background:#fff;border-radius:20px;padding:36px 32px;
              box-shadow:0 20px 60px rgba(29,36,51,.12)}
            .mark{width:48px;height:48px;border-radius:14px;display:grid;place-items:center;color:#fff;
              font-weight:700;font-size:22px;background:linear-gradient(135deg,#ff7a45,#f5474b)}
            h1{font-size:22px;margin:18px 0 2px}
            p{margin:0 0 22px;color:#667085;font-size:14px}
            label{display:block;font-size:14px;font-weight:600;margin:14px 0 6px}
            input{width:100%;padding:12px 14px;border:1px solid #d5dae5;border-radius:12px;font:inherit;background:#fbfcfe}
            input:focus{outline:3px solid #ffd9c7;border-color:#c8441a}
            button{width:100%;margin-top:24px;padding:13px;border:0;border-radius:12px;color:#fff;font:inherit;
              font-weight:600;cursor:pointer;background:linear-gradient(135deg,#c8441a,#c22a35)}
            button:hover{filter:brightness(1.05)}
            button:focus-visible{outline:3px solid #c8441a;outline-offset:2px}
            .note{margin:0 0 6px;padding:10px 12px;border-radius:12px;font-size:14px;background:#fff1f0;color:#a8201a}
            .note.ok{background:#edf9f0;color:#1a7f37}
            @media (prefers-color-scheme:dark){body{background:#14161c;color:#e8eaf0}main{background:#1e2129}
              input{background:#14161c;border-color:#3a4050;color:inherit}p{color:#9aa3b5}}
            """;

    private final SecureRandom random = new SecureRandom();
    private final String formTargets;

    public LoginPage(Console console) {
        this.formTargets = console.origins().stream().sorted().collect(Collectors.joining(" "));
    }

    @GetMapping(PATH)
    ResponseEntity<String> page(HttpServletRequest request, CsrfToken csrf, Locale locale) {
        var bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        var nonce = HexFormat.of().formatHex(bytes);
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                // A browser that follows the form's answer to the console asks this list too.
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'nonce-" + nonce + "'; base-uri 'none'; frame-ancestors 'none';"
                                + " form-action 'self' " + formTargets)
                .header("Referrer-Policy", "no-referrer")
                .body(html(words(request, locale), nonce, csrf, request));
    }

    /// A browser that names no language is spoken to as shops are.
    private static Words words(HttpServletRequest request, Locale locale) {
        return request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null ? Words.ZH : Words.of(locale);
    }

    private static String html(Words words, String nonce, CsrfToken csrf, HttpServletRequest request) {
        return """
                <!doctype html>
                <html lang="%s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s · Xiaoer</title>
                <style nonce="%s">%s</style>
                </head>
                <body>
                <main>
                <div class="mark" aria-hidden="true">小</div>
                <h1>%s</h1>
                <p>%s</p>
                %s<form method="post" action="%s">
                <label for="username">%s</label>
                <input id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false"
                  maxlength="64" required autofocus>
                <label for="password">%s</label>
                <input id="password" name="password" type="password" autocomplete="current-password" maxlength="256" required>
                <input type="hidden" name="%s" value="%s">
                <button type="submit">%s</button>
                </form>
                </main>
                </body>
                </html>
                """.formatted(
                        words.language(),
                        words.title(),
                        nonce,
                        STYLE,
                        words.title(),
                        words.lead(),
                        note(words, request),
                        PATH,
                        words.name(),
                        words.password(),
                        HtmlUtils.htmlEscape(csrf.getParameterName()),
                        HtmlUtils.htmlEscape(csrf.getToken()),
                        words.button());
    }

    private static String note(Words words, HttpServletRequest request) {
        if (request.getParameter("error") != null) {
            return "<div class=\"note\" role=\"alert\">" + words.wrong() + "</div>\n";
        }
        if (request.getParameter("wait") != null) {
            return "<div class=\"note\" role=\"alert\">" + words.patience() + "</div>\n";
        }
        return request.getParameter("out") == null
                ? ""
                : "<div class=\"note ok\" role=\"status\">" + words.out() + "</div>\n";
    }

    /// The page's words in one language.
    private record Words(
            String language,
            String title,
            String lead,
            String name,
            String password,
            String button,
            String wrong,
            String patience,
            String out) {

        private static final Words ZH = new Words(
                "zh-CN", "客服登录", "登录后即可接待您店铺的顾客。", "客服账号", "密码", "登录", "账号或密码不正确。", "尝试次数过多，请一分钟后再试。", "您已退出登录。");
        private static final Words EN = new Words(
                "en",
                "Agent sign-in",
                "Sign in to talk to the customers of your shop.",
                "Agent",
                "Password",
                "Sign in",
                "That name or password is not right.",
                "Too many attempts. Please try again in a minute.",
                "You have signed out.");

        static Words of(Locale locale) {
            return locale.getLanguage().equals("en") ? EN : ZH;
        }
    }
}
