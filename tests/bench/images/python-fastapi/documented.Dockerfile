# One stage, as https://fastapi.tiangolo.com/deployment/docker/ advises (read 2026-11-24).
FROM python:3.13
WORKDIR /code
COPY requirements.txt /code/
RUN pip install --no-cache-dir --upgrade -r requirements.txt
COPY shop /code/shop
CMD ["uvicorn", "shop.main:app", "--host", "0.0.0.0", "--port", "8000"]
