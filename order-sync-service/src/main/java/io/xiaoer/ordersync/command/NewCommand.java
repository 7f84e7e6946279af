package io.xiaoer.ordersync.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a merchant asks to be done.
///
/// @param kind which [CommandHandler] applies it
/// @param userId the shopper whom it concerns, if any
/// @param arguments for the handler: strings, numbers, maps and lists
public record NewCommand(String kind, @Nullable String userId, Map<String, Object> arguments) {}
