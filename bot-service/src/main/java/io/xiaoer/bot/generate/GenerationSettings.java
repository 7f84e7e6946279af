package io.xiaoer.bot.generate;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which model writes, and within what bounds.
///
/// @param url where `/chat/completions` is below; empty for no model
/// @param key of the endpoint, a secret; empty where none is wanted
/// @param model its name there
/// @param firstToken how long the first piece of an answer may take
/// @param whole how long all of an answer may take, calls of functions included
/// @param atOnce the most answers under way in this process
/// @param maxTokens the most tokens of one answer
/// @param tokensPerDay what a shop may spend in a day of UTC, questions and answers together
/// @param chooses whether it is asked what a message within a dialog means that nothing else understands
/// @param chooseWithin how long that may take
@ConfigurationProperties("xiaoer.bot.generation")
record GenerationSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String key,
        @DefaultValue("") String model,
        @DefaultValue("4s") Duration firstToken,
        @DefaultValue("20s") Duration whole,
        @DefaultValue("8") int atOnce,
        @DefaultValue("400") int maxTokens,
        @DefaultValue("500000") long tokensPerDay,
        @DefaultValue("false") boolean chooses,
        @DefaultValue("2s") Duration chooseWithin) {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration LONGEST_CHOICE = Duration.ofSeconds(4);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    GenerationSettings {
        require(url.isEmpty() || isAddress(url), "url", "must be empty or an http(s) address");
        require(url.isEmpty() || !model.isBlank(), "model", "must name a model");
        require(key.isEmpty() || isPrivate(url), "url", "must be https or a loopback address where there is a key");
        require(firstToken.isPositive() && firstToken.compareTo(whole) <= 0, "first-token", "must lie in 1ms..whole");
        require(whole.compareTo(LONGEST) <= 0, "whole", "must be at most 60s");
        require(atOnce >= 1 && atOnce <= 200, "at-once", "must lie in 1..200");
        require(maxTokens >= 16 && maxTokens <= 4000, "max-tokens", "must lie in 16..4000");
        require(
                chooseWithin.isPositive() && chooseWithin.compareTo(LONGEST_CHOICE) <= 0,
                "choose-within",
                "must lie in 1ms..4s");
        require(tokensPerDay >= 0, "tokens-per-day", "must not be negative");
    }

    /// Whether a model is configured.
    boolean isOn() {
        return !url.isEmpty();
    }

    /// Where talks are completed.
    URI completions() {
        return URI.create(url.endsWith("/") ? url + "chat/completions" : url + "/chat/completions");
    }

    private static boolean isAddress(String url) {
        try {
            var address = URI.create(url);
            return ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// A key does not travel in the clear.
    private static boolean isPrivate(String url) {
        return url.isEmpty()
                || url.startsWith("https:")
                || LOOPBACK.contains(String.valueOf(URI.create(url).getHost()));
    }

    /// The key stays out of what is said.
    private static void require(boolean holds, String field, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("xiaoer.bot.generation." + field + ' ' + rule);
        }
    }

    /// The key stays out of logs.
    @Override
    public String toString() {
        return "GenerationSettings[url=" + url + ", model=" + model + ']';
    }
}
