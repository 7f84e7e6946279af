package io.xiaoer.bot.generate;

import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.Question;
import java.util.List;
import java.util.Map;

/// The functions that a model may call: those that read, for the shopper who asks. A function that
/// writes is never among them, and one that is not among them is not called, whatever the model says.
public interface ReadFunctions {

    /// A function that is offered.
    ///
    /// @param parameters its arguments as a JSON Schema
    record Offered(String name, String description, Map<String, Object> parameters) {}

    /// All that are offered.
    List<Offered> offered();

    /// Calls one of them.
    ///
    /// @param arguments what the model wrote: JSON, or not
    /// @return what it found or why it found nothing, as text for the model
    String call(String name, String arguments, Question question, Deadline deadline);
}
