# Værn as it runs: a non-root user on a root file system that nobody needs to write to. Only /data and /tmp are written.
FROM python:3.11.14-slim-bookworm AS build
WORKDIR /build
COPY pyproject.toml constraints.txt ./
# What the bot itself depends on, at the pinned versions; nothing of the rehearsal and nothing of the tests.
RUN python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; print(*p['dependencies'], *p['optional-dependencies'].get('postgres', ()), sep='\n')" > requirements.txt \
 && python -m venv --without-pip /venv \
 && pip --python /venv/bin/python install --no-cache-dir --constraint constraints.txt --requirement requirements.txt

FROM python:3.11.14-slim-bookworm
RUN install --directory --owner=10001 --group=10001 --mode=0700 /data
COPY --from=build /venv /venv
WORKDIR /app
COPY casework /app/casework
COPY cards /app/cards
COPY dialogs /app/dialogs
COPY bot /app/bot
COPY appmanifest /app/appmanifest
ENV PATH=/venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    VAERN_DATA=/data \
    VAERN_HOST=0.0.0.0 \
    VAERN_PORT=3978 \
    VAERN_LOG=INFO \
    VAERN_ORGANISATION=/config/organisation.toml
USER 10001:10001
VOLUME ["/data"]
EXPOSE 3978
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import http.client, os, sys; bot = http.client.HTTPConnection('127.0.0.1', int(os.environ['VAERN_PORT']), timeout=4); bot.request('GET', '/healthz'); sys.exit(bot.getresponse().status != 200)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["serve"]
