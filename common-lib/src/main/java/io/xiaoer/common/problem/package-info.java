/// What every failure looks like outside: RFC 9457 problem details with a stable code, as JSON or XML.
///
/// [io.xiaoer.common.problem.ProblemCode] is the whole vocabulary. Code that cannot do what it was asked throws a
/// [io.xiaoer.common.problem.ProblemException]; services on servlets import
/// [io.xiaoer.common.problem.ProblemConfiguration], which turns that and every exception of the framework into the
/// same body. No stack trace and no text of a foreign exception leaves a service.
@NullMarked
package io.xiaoer.common.problem;

import org.jspecify.annotations.NullMarked;
