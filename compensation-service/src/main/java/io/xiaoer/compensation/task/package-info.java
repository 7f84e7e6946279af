/// Tasks: failed work with its status, and what people see of it.
///
/// A task is one record that could not be processed, however often it failed. Its status changes only along
/// [TaskStatus], by updates that say whether they won. Merchants see the tasks of their shop, operators all; payloads
/// are shown masked and stored whole.
@NullMarked
package io.xiaoer.compensation.task;

import org.jspecify.annotations.NullMarked;
