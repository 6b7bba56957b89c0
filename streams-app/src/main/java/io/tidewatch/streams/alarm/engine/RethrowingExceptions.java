package io.tidewatch.streams.alarm.engine;

import com.espertech.esper.common.client.hook.exception.ExceptionHandler;
import com.espertech.esper.common.client.hook.exception.ExceptionHandlerFactory;
import com.espertech.esper.common.client.hook.exception.ExceptionHandlerFactoryContext;

/** Makes Esper hand a failure inside a statement to whoever sent the event, instead of logging it and going on. */
public final class RethrowingExceptions implements ExceptionHandlerFactory {
    @Override
    public ExceptionHandler getHandler(ExceptionHandlerFactoryContext context) {
        return failure -> {
            throw new IllegalStateException(
                    "Statement " + failure.getStatementName() + " failed: " + failure.getThrowable(),
                    failure.getThrowable());
        };
    }
}
