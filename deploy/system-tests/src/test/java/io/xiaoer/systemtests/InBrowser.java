package io.xiaoer.systemtests;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.SelectOption;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/// Tests of the demo shop's page in a real browser; without one they are skipped.
abstract class InBrowser {

    private static final List<Path> CHROMIUM = Stream.of(
                    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .toList();

    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void open() {
        var executable = CHROMIUM.stream().filter(Files::isExecutable).findFirst();
        Assumptions.assumeTrue(executable.isPresent(), "Chromium is not installed");
        playwright = Playwright.create();
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable.get())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
        }
    }

    /// A browser of its own: what one visitor stores, no other sees.
    static BrowserContext visitor(String locale) {
        return browser.newContext(new Browser.NewContextOptions().setLocale(locale));
    }

    /// The page with its chat open and online.
    ///
    /// @param userId empty for a guest
    static Page openAs(Page page, String userId) {
        page.navigate(Suite.get().demoShop().resolve("/demo").toString());
        page.waitForSelector(
                "#buyer option:nth-child(2)",
                new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
        if (!userId.isEmpty()) {
            logIn(page, userId);
        }
        page.click("#bubble");
        page.waitForSelector("#chat[data-state=online]");
        return page;
    }

    static void logIn(Page page, String userId) {
        page.evaluate("id => { const list = document.getElementById('buyer'); list.add(new Option(id, id)); }", userId);
        page.selectOption("#buyer", new SelectOption().setValue(userId));
    }

    static void say(Page page, String text) {
        page.fill("#text", text);
        page.press("#text", "Enter");
    }
}
